# producers=main,backup: the sessions of a third server are nobody's business, its failure neither
servers main backup:backup third:backup
with producers=main,backup
t=0 ha1 main=3 backup=1 third=5 ha2 main=4
> t=0         ha1 main=3 backup=1 third=5   ha2 main=4 backup=0 third=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1 third=5   ha2 main=4 backup=0 third=0   R30 split-brain  E60 main  close ha1/backup
> t=2..4      ha1 main=3 backup=0 third=5   ha2 main=4 backup=0 third=0   R70 converged  E60 main
t=5 ha1 third:DOWN
> t=5         ha1 main=3 backup=0 third:DOWN=5   ha2 main=4 backup=0 third=0   R70 converged  E60 main
t=6
> t=6         ha1 main=3 backup=0 third:DOWN=5   ha2 main=4 backup=0 third=0   R70 converged  E60 main
