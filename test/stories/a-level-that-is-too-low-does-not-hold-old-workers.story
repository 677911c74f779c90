# old workers are reached through the master: the level of the serving worker's socket does not matter to them
t=0 ha1 backup=2 reload level=user main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1 old100(backup=2) level=user   ha2 main=4 backup=0   R30 split-brain  E90 main  held: target-not-up ha1
> t=1..29     ha1 main=3 backup=1 old100(backup=2) level=user   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=30        ha1 main=3 backup=1 old100(backup=2) level=user   ha2 main=4 backup=0   R30 split-brain  E60 main  held: level-too-low ha1, unconfirmed ha1
> t=31        ha1 main=3 backup=1 old100(backup=2) level=user   ha2 main=4 backup=0   R30 split-brain  E60 main  held: level-too-low ha1  close ha1/old100/backup
> t=32        ha1 main=3 backup=1 level=user   ha2 main=4 backup=0   R30 split-brain  E60 main  held: level-too-low ha1
t=33
> t=33        ha1 main=3 backup=1 level=user   ha2 main=4 backup=0   R30 split-brain  E60 main  held: level-too-low ha1
