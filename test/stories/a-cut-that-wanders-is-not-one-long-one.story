# the cut goes from one proxy to the other between two looks: it is another cut
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..24    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=25 ha1 main:UP ha2 main:DOWN=0 backup=4
> t=25        ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R40 views-differ  E30 main  held: unconfirmed, unconfirmed ha1, target-not-up ha2
> t=26..43    ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R40 views-differ  E30 main  held: unconfirmed, target-not-up ha2
t=44
> t=44        ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R40 views-differ  E30 main  held: unconfirmed, target-not-up ha2
> t=45        ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R80 holding (together)  E30 backup  pin ha1/backup  pin ha2/backup
> t=46        ha1 main=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
t=47
> t=47        ha1 main=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
