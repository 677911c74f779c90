# the supervisor restarts in a hold, without a journal: the live pin is the target, though a relay is on main
with failback.after=10m
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..99    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=100
> t=100       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=105 cautious stall ha2 main=1 backup=3
> t=105       ha1 main=0 backup=4 pin=backup   ha2 main=1 backup=3 pin=backup   R30 split-brain  E65 backup  held: failback-wait, cooldown ha2, unconfirmed ha2
> t=106..253  ha1 main=0 backup=4 pin=backup   ha2 main=1 backup=3 pin=backup   R30 split-brain  E60 backup  held: failback-wait, cooldown ha2
t=254
> t=254       ha1 main=0 backup=4 pin=backup   ha2 main=1 backup=3 pin=backup   R30 split-brain  E60 backup  held: failback-wait, cooldown ha2
> t=255       ha1 main=0 backup=4 pin=backup   ha2 main=1 backup=3 pin=backup   R30 split-brain  E60 backup  held: failback-wait  close ha2/main
> t=256       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=3 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=257 ha2 main=0 backup=4
> t=257       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
