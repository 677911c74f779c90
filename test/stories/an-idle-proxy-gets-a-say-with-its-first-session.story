# ha2 cannot reach main and is idle until the failback is near: its first session holds it
with failback.after=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=0   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=0   R90 failed-over  E60 backup
t=10 ha1 main:UP
> t=10..64    ha1 main=0 backup=4   ha2 main:DOWN=0 backup=0   R80 holding (wait)  E60 backup  held: failback-wait
t=65 ha2 backup=1
> t=65..99    ha1 main=0 backup=4   ha2 main:DOWN=0 backup=1   R80 holding (wait)  E60 backup  held: failback-wait
t=100 ha2 main:UP
> t=100..102  ha1 main=0 backup=4   ha2 main=0 backup=1   R80 holding (wait)  E60 backup  held: failback-wait
> t=103       ha1 main=0 backup=4   ha2 main=0 backup=1   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=104       ha1 main=0 backup=4   ha2 main=0 backup=1   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=105       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=106
> t=106       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
