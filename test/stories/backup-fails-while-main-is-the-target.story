# backup fails while main is the target: nothing changes
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 backup:DOWN ha2 backup:DOWN
> t=10..19    ha1 main=4 backup:DOWN=0   ha2 main=4 backup:DOWN=0   R70 converged  E60 main
t=20
> t=20        ha1 main=4 backup:DOWN=0   ha2 main=4 backup:DOWN=0   R70 converged  E60 main
