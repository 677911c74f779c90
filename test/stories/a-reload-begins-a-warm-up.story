# the new worker shows a dead main up for ten seconds: nothing is closed in the old one before the new one is believed
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 backup=2 reload main=4
> t=5..14     ha1 main=4 backup=0 old100(main=4 backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=15 ha1 main:DOWN
> t=15..44    ha1 main:DOWN=4 backup=0 old100(main=4 backup=2)   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=45 ha1 main:UP=2
> t=45        ha1 main=2 backup=0 old100(main=4 backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=46        ha1 main=2 backup=0 old100(main=4 backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=47..49    ha1 main=2 backup=0 old100(main=4)   ha2 main=4 backup=0   R70 converged  E60 main
t=50
> t=50        ha1 main=2 backup=0 old100(main=4)   ha2 main=4 backup=0   R70 converged  E60 main
