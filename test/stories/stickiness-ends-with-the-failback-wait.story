# main returns and nobody reconnects: when it has been up for failback.after, all sessions are closed at once
with failback.after=60s
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=10        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=11..99    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=100 ha1 main:DOWN_1/3 ha2 main:DOWN_1/3
> t=100..101  ha1 main:DOWN_1/3=0 backup=4   ha2 main:DOWN_1/3=0 backup=4   R90 failed-over  E60 backup
t=102 ha1 main:UP ha2 main:UP
> t=102..161  ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=162       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=163       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=164..169  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=170 ha1 main=4 ha2 main=4
> t=170       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=171
> t=171       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
