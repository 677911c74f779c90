# no proxy is seen: the verdict is blind, the target stays what it was, and nothing is done until sight returns
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 unseen ha2 unseen
> t=10..19    ha1 unseen   ha2 unseen   R10 blind  E60 main  held: blind ha1, blind ha2
t=20 ha1 seen ha2 seen
> t=20        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=21
> t=21        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
