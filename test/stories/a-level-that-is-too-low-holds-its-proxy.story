# one socket may not close sessions, and there is no other way: its proxy is named, the other one is healed
t=0 ha1 level=operator main=3 backup=1 ha2 main=3 backup=1
> t=0         ha1 main=3 backup=1 level=operator   ha2 main=3 backup=1   R30 split-brain  E80 main  held: level-too-low ha1, unconfirmed ha2
> t=1         ha1 main=3 backup=1 level=operator   ha2 main=3 backup=1   R30 split-brain  E60 main  held: level-too-low ha1  close ha2/backup
> t=2..4      ha1 main=3 backup=1 level=operator   ha2 main=3 backup=0   R30 split-brain  E60 main  held: level-too-low ha1
t=5
> t=5         ha1 main=3 backup=1 level=operator   ha2 main=3 backup=0   R30 split-brain  E60 main  held: level-too-low ha1
