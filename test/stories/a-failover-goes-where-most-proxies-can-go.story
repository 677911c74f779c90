# three producers, main fails: the target is the one that is fit to go to at most proxies, until the better one is fit everywhere
servers main second:backup third:backup
proxies ha1 ha2 ha3
t=0 ha1 main=4 ha2 main=4 ha3 main=4
> t=0         ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   ha3 main=4 second=0 third=0   R70 converged  E70 main
> t=1..9      ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   ha3 main=4 second=0 third=0   R70 converged  E60 main
t=10 ha1 second:DOWN ha2 second:UP_1/2
> t=10..19    ha1 main=4 second:DOWN=0 third=0   ha2 main=4 second:UP_1/2=0 third=0   ha3 main=4 second=0 third=0   R70 converged  E60 main
t=20 ha1 main:DOWN=0 third=4 ha2 main:DOWN=0 second=4 ha3 main:DOWN=0 second=4
> t=20        ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:UP_1/2=4 third=0   ha3 main:DOWN=0 second=4 third=0   R30 split-brain  E20 third  held: unconfirmed ha2, not-steerable ha2, unconfirmed ha3, not-steerable ha3
> t=21..29    ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:UP_1/2=4 third=0   ha3 main:DOWN=0 second=4 third=0   R30 split-brain  E60 third  held: failback-wait, not-steerable ha2, not-steerable ha3
t=30 ha1 second:UP ha2 second:UP
> t=30..32    ha1 main:DOWN=0 second=0 third=4   ha2 main:DOWN=0 second=4 third=0   ha3 main:DOWN=0 second=4 third=0   R30 split-brain  E60 third  held: failback-wait, not-steerable ha2, not-steerable ha3
> t=33        ha1 main:DOWN=0 second=0 third=4   ha2 main:DOWN=0 second=4 third=0   ha3 main:DOWN=0 second=4 third=0   R30 split-brain  E40 second  held: unconfirmed ha1
> t=34        ha1 main:DOWN=0 second=0 third=4   ha2 main:DOWN=0 second=4 third=0   ha3 main:DOWN=0 second=4 third=0   R30 split-brain  E60 second  close ha1/third
t=35
> t=35        ha1 main:DOWN=0 second=0 third=0   ha2 main:DOWN=0 second=4 third=0   ha3 main:DOWN=0 second=4 third=0   R90 failed-over  E60 second
