# the socket's level does not show the pin at one proxy: the other one is pinned, and the wait ends with the first stray
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4 pin-denied level=user
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 pin-denied level=user   R90 failed-over  E70 backup  pin ha1/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin-denied level=user   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..59    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin-denied level=user   R80 holding (wait)  E60 backup  held: failback-wait
t=60 ha2 main=1 backup=3
> t=60        ha1 main=0 backup=4 pin=backup   ha2 main=1 backup=3 pin-denied level=user   R30 split-brain  E50 main  held: unconfirmed ha1, level-too-low ha2  release ha1
> t=61        ha1 main=0 backup=4   ha2 main=1 backup=3 pin-denied level=user   R30 split-brain  E60 main  held: level-too-low ha2  close ha1/backup
> t=62..64    ha1 main=0 backup=0   ha2 main=1 backup=3 pin-denied level=user   R30 split-brain  E60 main  held: level-too-low ha2
t=65
> t=65        ha1 main=0 backup=0   ha2 main=1 backup=3 pin-denied level=user   R30 split-brain  E60 main  held: level-too-low ha2
