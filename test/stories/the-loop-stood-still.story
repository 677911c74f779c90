# the process is stopped for a minute while a session goes astray: two fresh looks come first
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5
> t=5         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65 stall ha1 main=3 backup=1
> t=65        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1, stalled ha1
t=66
> t=66        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: stalled ha1
> t=67        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=68..69    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=70
> t=70        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
