# a failback is held by the cooldown at one proxy: new connections stay on backup, and all relays together
with failback.after=60s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..19     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=20 ha1 main:UP ha2 main:UP
> t=20..69    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=70 ha2 main=1 backup=3
> t=70        ha1 main=0 backup=4 pin=backup   ha2 main=1 backup=3 pin=backup   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha2
> t=71        ha1 main=0 backup=4 pin=backup   ha2 main=1 backup=3 pin=backup   R30 split-brain  E60 backup  held: failback-wait  close ha2/main
> t=72        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=3 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=73 ha2 main=0 backup=4
> t=73..77    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=78
> t=78..79    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=80        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, cooldown ha2, unconfirmed ha2
> t=81..217   ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  held: cooldown ha2
t=218
> t=218..220  ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  held: cooldown ha2
> t=221       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
t=222 ha1 main=4 ha2 main=4
> t=222       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
