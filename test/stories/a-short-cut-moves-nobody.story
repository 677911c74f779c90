# main is cut off from one proxy for less than partial.after: nobody else is moved, and that proxy's relays come back
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..24    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=25 ha1 main:UP
> t=25        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=26        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=27..29    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=30 ha1 main=4
> t=30        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
