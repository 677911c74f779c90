# the process is stopped for a minute, and main was down meanwhile: what was seen before is no longer unbroken, the wait begins anew
with failback.after=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..39    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=40
> t=40        ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=100 stall ha1 main:DOWN main:UP ha2 main:DOWN main:UP
> t=100       ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=101
> t=101..159  ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=160       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=161       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=162..164  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=165
> t=165       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
