# a pin that somebody left on backup while main is the target is released, and does not hold a healing
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 pin=backup backup=1 main=3
> t=10        ha1 main=3 backup=1 pin=backup   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1  release ha1
> t=11        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=12        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=13 ha1 main=4 backup=0
> t=13..14    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=15
> t=15        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
