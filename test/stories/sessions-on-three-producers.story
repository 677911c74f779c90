# sessions are on three producers: those on both others are closed in one plan
servers main second:backup third:backup
t=0 ha1 main=2 second=1 third=1 ha2 main=2 third=2
> t=0         ha1 main=2 second=1 third=1   ha2 main=2 second=0 third=2   R30 split-brain  E80 main  held: unconfirmed ha1, unconfirmed ha2
> t=1         ha1 main=2 second=1 third=1   ha2 main=2 second=0 third=2   R30 split-brain  E60 main  close ha1/second  close ha1/third  close ha2/third
> t=2..4      ha1 main=2 second=0 third=0   ha2 main=2 second=0 third=0   R70 converged  E60 main
t=5 ha1 main=4 ha2 main=4
> t=5         ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
t=6
> t=6         ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
