# main is cut off for long, and back while the cooldown holds the move to backup: the move is given up
pins
t=0 ha1 main=4 ha2 main=3 backup=1
> t=0         ha1 main=4 backup=0   ha2 main=3 backup=1   R30 split-brain  E80 main  held: unconfirmed ha2
> t=1         ha1 main=4 backup=0   ha2 main=3 backup=1   R30 split-brain  E60 main  close ha2/backup
> t=2         ha1 main=4 backup=0   ha2 main=3 backup=0   R70 converged  E60 main
t=3 ha1 main:DOWN=0 backup=4 ha2 main=4 backup=0
> t=3..22     ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
> t=23        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 backup  held: cooldown ha2, unconfirmed ha2
> t=24..59    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, cooldown ha2
t=60 ha1 main:UP
> t=60        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: unconfirmed ha1
> t=61        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=62        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=63 ha1 main=4 backup=0
> t=63..64    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65
> t=65        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
