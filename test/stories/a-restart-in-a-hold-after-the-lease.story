# the supervisor is gone for longer than the lease: HAProxy has its own way, and nothing tells any more of a hold
with failback.after=10m
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..99    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=100
> t=100       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=120 blank stall ha2 main=1 backup=3
> t=120       ha1 main=0 backup=4   ha2 main=1 backup=3   R30 split-brain  E80 main  held: unconfirmed ha1, unconfirmed ha2
> t=121       ha1 main=0 backup=4   ha2 main=1 backup=3   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=122..123  ha1 main=0 backup=0   ha2 main=1 backup=0   R70 converged  E60 main
t=124 ha1 main=4 ha2 main=4
> t=124       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
