# a third server without a health check may get the next connection: the target is not sure to get it, until that server rests
servers main third backup:backup
with producers=main,backup
t=0 ha1 main=4 third:no_check ha2 main=4
> t=0         ha1 main=4 third:no_check=0 backup=0   ha2 main=4 third=0 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 third:no_check=0 backup=0   ha2 main=4 third=0 backup=0   R70 converged  E60 main
t=5 ha1 main=3 backup=1
> t=5         ha1 main=3 third:no_check=0 backup=1   ha2 main=4 third=0 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1, not-steerable ha1
> t=6..9      ha1 main=3 third:no_check=0 backup=1   ha2 main=4 third=0 backup=0   R30 split-brain  E60 main  held: not-steerable ha1
t=10 ha1 third:MAINT
> t=10        ha1 main=3 third:MAINT=0 backup=1   ha2 main=4 third=0 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=11..14    ha1 main=3 third:MAINT=0 backup=0   ha2 main=4 third=0 backup=0   R70 converged  E60 main
t=15
> t=15        ha1 main=3 third:MAINT=0 backup=0   ha2 main=4 third=0 backup=0   R70 converged  E60 main
