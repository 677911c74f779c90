# a sidecar writes the pin of its own proxy only, and holds as long as the other one is pinned too
with drive=ha1 failback.after=60s
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4 pin=backup
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E65 backup  pin ha1/backup
> t=1..7      ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=8 ha1 main:UP ha2 main:UP pin=backup
> t=8..15     ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=16 ha2 pin=backup
> t=16        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=17 ha1 main=1 backup=3
> t=17        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1
> t=18        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait  close ha1/main
> t=19        ha1 main=0 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha1 main=0 backup=4
> t=20..24    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=25 ha2 pin=backup
> t=25..34    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=35..66    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=67
> t=67        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
