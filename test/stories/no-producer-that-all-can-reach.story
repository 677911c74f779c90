# each producer is cut off from one proxy: nobody is moved, however long it lasts
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 backup:DOWN
> t=10..99    ha1 main:DOWN=0 backup=4   ha2 main=4 backup:DOWN=0   R30 split-brain  E30 main  held: target-not-up ha1
t=100
> t=100..899  ha1 main:DOWN=0 backup=4   ha2 main=4 backup:DOWN=0   R30 split-brain  E30 main  held: target-not-up ha1
t=900
> t=900       ha1 main:DOWN=0 backup=4   ha2 main=4 backup:DOWN=0   R30 split-brain  E30 main  held: target-not-up ha1
