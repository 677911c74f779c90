# after a failover main is up again at one proxy and in maintenance at the other: held by the operator
with failback.after=2m
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:MAINT
> t=10..299   ha1 main=0 backup=4   ha2 main:MAINT=0 backup=4   R80 holding (operator)  E60 backup  held: failback-wait
t=300 ha2 main:UP
> t=300..302  ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=303       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=304       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
t=305
> t=305       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
