# main flaps until the wait has grown; resume forgets it, and the wait is as ever
with failback.after=20s flap.max=1 cooldown=0s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..9      ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=31        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
> t=32        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=33 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=33        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup  pin ha1/backup  pin ha2/backup
> t=34..39    ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..59    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=60        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=61        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
> t=62        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=63 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=63        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup  pin ha1/backup  pin ha2/backup
> t=64..69    ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=70 ha1 main:UP ha2 main:UP
> t=70..99    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (flapping)  E60 backup  held: flapping
t=100 resume
> t=100       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=101       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
> t=102       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=103 ha1 main=4 ha2 main=4
> t=103..104  ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=105
> t=105       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
