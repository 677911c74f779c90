# one proxy is unseen while all is well: the verdict speaks of the other, nothing waits and nothing is done
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha2 unseen
> t=10..19    ha1 main=4 backup=0   ha2 unseen   R70 converged  E60 main
t=20 ha2 seen
> t=20        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=21
> t=21        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
