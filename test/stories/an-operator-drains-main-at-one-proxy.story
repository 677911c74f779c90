# main is drained at one proxy only: nobody is moved off it, what went to backup there comes back when it is over
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DRAIN=2 backup=2
> t=10..29    ha1 main:DRAIN=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=30 ha1 main:UP
> t=30        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=31        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=32..34    ha1 main=2 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=35
> t=35        ha1 main=2 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
