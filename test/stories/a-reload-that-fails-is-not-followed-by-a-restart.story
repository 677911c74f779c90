# closing and the reload fail, and no restart is listed: closing is tried again after the cooldown
with reload=ha1 restart=ha1 cooldown=60s
t=0 failed ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
> t=4         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=5..60     ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=61        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=62        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
t=63
> t=63        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
