# nobody is connected: the verdict is idle, with main as the target from the first look on
t=0
> t=0         ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E80 main
> t=1..9      ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=10 ha1 main=1
> t=10..19    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=20 ha1 main=0
> t=20        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=21
> t=21        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
