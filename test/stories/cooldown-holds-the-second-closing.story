# sessions come back to backup right after a closing: the next one waits for the cooldown
with cooldown=60s
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2..4      ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 backup=2
> t=5         ha1 main=3 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=6..60     ha1 main=3 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=61        ha1 main=3 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=62..64    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65
> t=65        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
