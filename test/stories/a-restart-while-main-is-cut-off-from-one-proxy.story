# the supervisor restarts while the views differ: nothing is remembered, backup is up everywhere, and still nobody is moved
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..19    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=20 blank
> t=20        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E80 backup  held: failback-wait, unconfirmed ha2, not-steerable ha2
> t=21..39    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
t=40 ha1 main:UP
> t=40..42    ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
> t=43        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E40 main  held: unconfirmed ha1
> t=44        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=45        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=46
> t=46        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
