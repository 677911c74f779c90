# a supervisor that starts beside a sticky pair takes backup as the target, and waits as long as main still needs
with failback.after=10m
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..59     ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=60 ha1 main:UP ha2 main:UP
> t=60..599   ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=600 blank
> t=600       ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E70 backup  held: failback-wait
> t=601..659  ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=660       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=661       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=662..669  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=670
> t=670       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
