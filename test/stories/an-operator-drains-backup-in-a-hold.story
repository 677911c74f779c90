# an operator drains backup at one proxy in a hold: no pin holds new connections there, and the wait ends
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..59    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=60 ha1 backup:DRAIN
> t=60        ha1 main=0 backup:DRAIN=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait  release ha1
> t=61..69    ha1 main=0 backup:DRAIN=4   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=70 ha1 main=1 backup=3
> t=70        ha1 main=1 backup:DRAIN=3   ha2 main=0 backup=4 pin=backup   R30 split-brain  E50 main  held: draining ha1, unconfirmed ha2  release ha2
> t=71        ha1 main=1 backup:DRAIN=3   ha2 main=0 backup=4   R30 split-brain  E60 main  held: draining ha1  close ha2/backup
> t=72        ha1 main=1 backup:DRAIN=3   ha2 main=0 backup=0   R30 split-brain  E60 main  held: draining ha1
t=73 ha1 main=1 backup=3 ha2 main=4
> t=73..74    ha1 main=1 backup:DRAIN=3   ha2 main=4 backup=0   R30 split-brain  E60 main  held: draining ha1
t=75
> t=75        ha1 main=1 backup:DRAIN=3   ha2 main=4 backup=0   R30 split-brain  E60 main  held: draining ha1
