# weight 0 at one proxy is a drain there: the next connection would not go to main, so nothing is closed for its sake
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main.weight=0
> t=10..14    ha1 main(weight 0)=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=15 ha1 main=3 backup=1
> t=15..19    ha1 main(weight 0)=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=20 ha1 main.weight=1
> t=20        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=21        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=22..24    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=25
> t=25        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
