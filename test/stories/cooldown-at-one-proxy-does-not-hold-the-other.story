# a closing at one proxy: healing at the other does not wait for it
with cooldown=60s
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2..4      ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 backup=1 ha2 backup=1
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=1   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1, unconfirmed ha2
> t=6         ha1 main=3 backup=1   ha2 main=4 backup=1   R30 split-brain  E60 main  held: cooldown ha1  close ha2/backup
> t=7..9      ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
t=10
> t=10..60    ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=61        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=62..64    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65
> t=65        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
