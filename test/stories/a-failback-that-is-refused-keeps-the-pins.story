# a failback that its re-read refuses moves no pin, and is tried again as a whole
with failback.after=60s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..19     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=20 refused ha1 main:UP ha2 main:UP
> t=20..78    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=79
> t=79        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=80        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=81        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
> t=82        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  held: unconfirmed ha1, unconfirmed ha2
t=83 ok
> t=83        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
> t=84        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=85 ha1 main=4 ha2 main=4
> t=85..86    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=87
> t=87        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
