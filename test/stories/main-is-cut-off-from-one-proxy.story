# main is cut off from one proxy: nobody is moved, the good side is never touched, and the other side is brought back
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0
> t=10..11    ha1 main:DOWN=0 backup=0   ha2 main=4 backup=0   R40 views-differ  E30 main
t=12 ha1 backup=4
> t=12..39    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=40 ha1 main:UP_1/3
> t=40..41    ha1 main:UP_1/3=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=42 ha1 main:UP
> t=42        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=43        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=44..49    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=50 ha1 main=4
> t=50        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=51
> t=51        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
