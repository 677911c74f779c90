# the move to backup is held by the cooldown at one proxy: there new connections stay on main until it begins
pins
t=0 ha1 main=4 ha2 main=3 backup=1
> t=0         ha1 main=4 backup=0   ha2 main=3 backup=1   R30 split-brain  E80 main  held: unconfirmed ha2
> t=1         ha1 main=4 backup=0   ha2 main=3 backup=1   R30 split-brain  E60 main  close ha2/backup
> t=2         ha1 main=4 backup=0   ha2 main=3 backup=0   R70 converged  E60 main
t=3 ha1 main:DOWN=0 backup=4 ha2 main=4 backup=0
> t=3..22     ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
> t=23        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 backup  held: cooldown ha2, unconfirmed ha2
> t=24..59    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, cooldown ha2
t=60 ha2 main=3 backup=1
> t=60..149   ha1 main:DOWN=0 backup=4   ha2 main=3 backup=1   R30 split-brain  E60 backup  held: failback-wait, cooldown ha2
t=150
> t=150       ha1 main:DOWN=0 backup=4   ha2 main=3 backup=1   R30 split-brain  E60 backup  held: failback-wait, cooldown ha2
> t=151       ha1 main:DOWN=0 backup=4   ha2 main=3 backup=1   R30 split-brain  E60 backup  held: failback-wait  pin ha1/backup  pin ha2/backup  close ha2/main
> t=152       ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=1 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
t=153 ha2 main=0 backup=4
> t=153..154  ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
t=155
> t=155       ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
