# the looks agree on what is to be closed, not on how much: another server starts the count anew, another number does not
with confirm=3
servers main second:backup third:backup
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E70 main
> t=1..4      ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
t=5 ha1 second=1
> t=5..6      ha1 main=4 second=1 third=0   ha2 main=4 second=0 third=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=7 ha1 third=1
> t=7         ha1 main=4 second=1 third=1   ha2 main=4 second=0 third=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=8 ha1 third=2
> t=8         ha1 main=4 second=1 third=2   ha2 main=4 second=0 third=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=9         ha1 main=4 second=1 third=2   ha2 main=4 second=0 third=0   R30 split-brain  E60 main  close ha1/second  close ha1/third
t=10
> t=10        ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
