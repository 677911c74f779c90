# an override is cleared while it is held back: nobody has moved, and nobody is
pins
t=0 ha1 main=4 ha2 main=4 level=operator
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E60 main
t=10 override=backup:2h
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R50 sticky  E10 backup  held: unconfirmed ha1, level-too-low ha2
> t=11..19    ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R50 sticky  E10 backup  held: level-too-low ha2
t=20 clear
> t=20        ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E40 main
> t=21..29    ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E60 main
t=30 ha2 level=admin
> t=30..32    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=33
> t=33        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
