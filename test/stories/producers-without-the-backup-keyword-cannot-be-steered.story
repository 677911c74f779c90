# both producers are active for HAProxy, which spreads new connections over them: closing would not bring them together
servers main second
t=0 ha1 main=2 second=2 ha2 main=2 second=2
> t=0         ha1 main=2 second=2   ha2 main=2 second=2   R30 split-brain  E80 main  held: unconfirmed ha1, not-steerable ha1, unconfirmed ha2, not-steerable ha2
> t=1..9      ha1 main=2 second=2   ha2 main=2 second=2   R30 split-brain  E60 main  held: not-steerable ha1, not-steerable ha2
t=10 ha1 second:MAINT ha2 second:MAINT
> t=10        ha1 main=2 second:MAINT=2   ha2 main=2 second:MAINT=2   R30 split-brain  E60 main  close ha1/second  close ha2/second
> t=11..14    ha1 main=2 second:MAINT=0   ha2 main=2 second:MAINT=0   R70 converged  E60 main
t=15
> t=15        ha1 main=2 second:MAINT=0   ha2 main=2 second:MAINT=0   R70 converged  E60 main
