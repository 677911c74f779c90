# cooldown=0s: a session that comes back is closed at the second look that agrees, again and again
with cooldown=0s budget.max=3
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2..3      ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=4 ha1 backup=1
> t=4         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=6..7      ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=8 ha1 backup=1
> t=8         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=9         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=10..11    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=12 ha1 backup=1
> t=12        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget, unconfirmed ha1
> t=13..14    ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
t=15
> t=15        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
