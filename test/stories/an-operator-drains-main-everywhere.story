# main is drained at both proxies: its sessions are left to end, those that went to backup come back when it is over
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DRAIN ha2 main:DRAIN
> t=10..19    ha1 main:DRAIN=4 backup=0   ha2 main:DRAIN=4 backup=0   R70 converged  E60 main
t=20 ha1 main=3 backup=1
> t=20..29    ha1 main:DRAIN=3 backup=1   ha2 main:DRAIN=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=30 ha1 main=0 backup=4 ha2 main=0 backup=4
> t=30..59    ha1 main:DRAIN=0 backup=4   ha2 main:DRAIN=0 backup=4   R50 sticky  E60 main  held: target-not-up ha1, target-not-up ha2
t=60 ha1 main:UP ha2 main:UP
> t=60        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: unconfirmed ha1, unconfirmed ha2
> t=61        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=62..64    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=65
> t=65        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
