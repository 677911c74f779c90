# three producers, main fails, both others are fit everywhere: the more preferred of them is the target
servers main second:backup third:backup
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E70 main
> t=1..9      ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 second=4 ha2 main:DOWN=0 second=4
> t=10        ha1 main:DOWN=0 second=4 third=0   ha2 main:DOWN=0 second=4 third=0   R90 failed-over  E20 second
> t=11..19    ha1 main:DOWN=0 second=4 third=0   ha2 main:DOWN=0 second=4 third=0   R90 failed-over  E60 second
t=20 ha1 second:DOWN=0 third=4 ha2 second:DOWN=0 third=4
> t=20        ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:DOWN=0 third=4   R90 failed-over  E20 third
> t=21..29    ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:DOWN=0 third=4   R90 failed-over  E60 third
t=30
> t=30        ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:DOWN=0 third=4   R90 failed-over  E60 third
