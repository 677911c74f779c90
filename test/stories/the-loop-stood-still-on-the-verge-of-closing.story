# one look has agreed, then the process is stopped: what it saw before counts no more
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 main=3 backup=1
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=65 stall
> t=65        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1, stalled ha1
t=66
> t=66        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: stalled ha1
> t=67        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=68..69    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=70
> t=70        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
