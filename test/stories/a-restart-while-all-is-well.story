# the supervisor restarts without memory while all is well: main is the target again, nothing is done
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 blank
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=11..19    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=20 cautious
> t=20        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
t=21
> t=21        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
