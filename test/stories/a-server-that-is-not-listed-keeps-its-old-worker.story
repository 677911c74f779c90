# a server that is no producer has sessions in an old worker: they are nobody's business
servers main backup:backup other:backup
with producers=main,backup
t=0 ha1 other=2 backup=1 reload main=4 ha2 main=4
> t=0         ha1 main=4 backup=0 other=0 old100(backup=1 other=2)   ha2 main=4 backup=0 other=0   R30 split-brain  E90 main  held: target-not-up ha1
> t=1..29     ha1 main=4 backup=0 other=0 old100(backup=1 other=2)   ha2 main=4 backup=0 other=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=30        ha1 main=4 backup=0 other=0 old100(backup=1 other=2)   ha2 main=4 backup=0 other=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=31        ha1 main=4 backup=0 other=0 old100(backup=1 other=2)   ha2 main=4 backup=0 other=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=32        ha1 main=4 backup=0 other=0 old100(other=2)   ha2 main=4 backup=0 other=0   R70 converged  E60 main
t=33
> t=33        ha1 main=4 backup=0 other=0 old100(other=2)   ha2 main=4 backup=0 other=0   R70 converged  E60 main
