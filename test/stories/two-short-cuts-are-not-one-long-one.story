# two cuts that are short each move nobody: the time counts from the second one
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..24    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=25 ha1 main:UP
> t=25        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=26 ha1 main:DOWN
> t=26..44    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=45
> t=45        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=46
> t=46        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 backup  held: unconfirmed ha2
> t=47        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait  pin ha1/backup  pin ha2/backup  close ha2/main
t=48 ha2 backup=4
> t=48        ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
