# a pause for ten seconds: nothing is closed in them
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 pause=10s ha1 backup=1
> t=5         ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: paused, unconfirmed ha1
> t=6..14     ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: paused
> t=15        ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=16..17    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=18
> t=18        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
