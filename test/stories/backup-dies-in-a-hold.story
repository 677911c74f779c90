# backup dies in a hold: HAProxy falls through the pin at once, and the supervisor releases it
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..59    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=60 ha1 backup:DOWN=0 main=4 ha2 backup:DOWN=0 main=3
> t=60        ha1 main=4 backup:DOWN=0 pin=backup   ha2 main=3 backup:DOWN=0 pin=backup   R70 converged  E20 main  release ha1  release ha2
> t=61..62    ha1 main=4 backup:DOWN=0   ha2 main=3 backup:DOWN=0   R70 converged  E60 main
t=63 ha1 backup:UP ha2 backup:UP main=4
> t=63..64    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65
> t=65        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
