# backup was being drained when HAProxy was reloaded: in the old worker the drain is frozen, and its sessions are closed
t=0 ha1 main=3 backup:DRAIN=2 ha2 main=4
> t=0         ha1 main=3 backup:DRAIN=2   ha2 main=4 backup=0   R30 split-brain  E80 main  held: draining ha1
> t=1..4      ha1 main=3 backup:DRAIN=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: draining ha1
t=5 ha1 reload main=3 backup:UP
> t=5..34     ha1 main=3 backup=0 old100(main=3 backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=35        ha1 main=3 backup=0 old100(main=3 backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=36        ha1 main=3 backup=0 old100(main=3 backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=37        ha1 main=3 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
t=38
> t=38        ha1 main=3 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
