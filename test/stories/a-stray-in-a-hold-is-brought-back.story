# a relay lands on main in a hold, before the pin stands: it is brought back to backup, and the hold goes on
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP main=1 backup=3 ha2 main:UP
> t=40        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1
> t=41        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 backup  held: failback-wait  close ha1/main
> t=42        ha1 main=0 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=43 ha1 main=0 backup=4
> t=43..45    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=46
> t=46        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
