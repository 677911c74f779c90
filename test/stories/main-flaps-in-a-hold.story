# main flaps in a hold: no relay notices, and the wait counts from when it came up for good
with failback.after=60s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..19     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=20 ha1 main:UP ha2 main:UP
> t=20..39    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=40 ha1 main:DOWN ha2 main:DOWN
> t=40..44    ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=45 ha1 main:UP ha2 main:UP
> t=45..69    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=70 ha1 main:DOWN
> t=70..74    ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=75 ha1 main:UP
> t=75..104   ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=105       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=106       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
> t=107..133  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=134
> t=134..136  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=137 ha1 main=4 ha2 main=4
> t=137       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
