# new connections do not surely go to main: what is closed in the old worker would not surely come to it
servers main backup:backup third
with producers=main,backup
t=0 ha1 backup=2 reload main=4 ha2 main=4 third:MAINT
> t=0         ha1 main=4 backup=0 third=0 old100(backup=2)   ha2 main=4 backup=0 third:MAINT=0   R30 split-brain  E90 main  held: target-not-up ha1
> t=1..29     ha1 main=4 backup=0 third=0 old100(backup=2)   ha2 main=4 backup=0 third:MAINT=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=30        ha1 main=4 backup=0 third=0 old100(backup=2)   ha2 main=4 backup=0 third:MAINT=0   R30 split-brain  E60 main  held: unconfirmed ha1, not-steerable ha1
> t=31..34    ha1 main=4 backup=0 third=0 old100(backup=2)   ha2 main=4 backup=0 third:MAINT=0   R30 split-brain  E60 main  held: not-steerable ha1
t=35 ha1 third:MAINT
> t=35        ha1 main=4 backup=0 third:MAINT=0 old100(backup=2)   ha2 main=4 backup=0 third:MAINT=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=36..37    ha1 main=4 backup=0 third:MAINT=0   ha2 main=4 backup=0 third:MAINT=0   R70 converged  E60 main
t=38
> t=38        ha1 main=4 backup=0 third:MAINT=0   ha2 main=4 backup=0 third:MAINT=0   R70 converged  E60 main
