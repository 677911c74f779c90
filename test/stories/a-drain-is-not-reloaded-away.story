# the third is being drained when closing backup's sessions fails: a reload would end the drain, and is not climbed
with reload=ha1 cooldown=30s
servers main backup:backup third:backup
t=0 failed ha1 main=3 backup=1 third:DRAIN=2 ha2 main=4
> t=0         ha1 main=3 backup=1 third:DRAIN=2   ha2 main=4 backup=0 third=0   R30 split-brain  E80 main  held: draining ha1, unconfirmed ha1
> t=1         ha1 main=3 backup=1 third:DRAIN=2   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  held: draining ha1  close ha1/backup
> t=2         ha1 main=3 backup=1 third:DRAIN=2   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  held: draining ha1, cooldown ha1, unconfirmed ha1
> t=3..4      ha1 main=3 backup=1 third:DRAIN=2   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  held: draining ha1, cooldown ha1
t=5 ha1 third=0
> t=5         ha1 main=3 backup=1 third:DRAIN=0   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=6         ha1 main=3 backup=1 third:DRAIN=0   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  reload ha1
t=7 ok
> t=7         ha1 main=3 backup=1 third:DRAIN=0   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=8..9      ha1 main=3 backup=1 third:DRAIN=0   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  held: cooldown ha1
t=10
> t=10        ha1 main=3 backup=1 third:DRAIN=0   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  held: cooldown ha1
