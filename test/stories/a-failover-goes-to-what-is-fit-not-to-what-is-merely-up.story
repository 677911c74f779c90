# three producers, main fails while the second is going down: the third is the target, though HAProxy still sends sessions to the second
servers main second:backup third:backup
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E70 main
> t=1..9      ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
t=10 ha1 second:UP_1/2 ha2 second:UP_1/2
> t=10        ha1 main=4 second:UP_1/2=0 third=0   ha2 main=4 second:UP_1/2=0 third=0   R70 converged  E60 main
t=11 ha1 main:DOWN=0 second=4 ha2 main:DOWN=0 second=4
> t=11        ha1 main:DOWN=0 second:UP_1/2=4 third=0   ha2 main:DOWN=0 second:UP_1/2=4 third=0   R50 sticky  E20 third  held: unconfirmed ha1, not-steerable ha1, unconfirmed ha2, not-steerable ha2
> t=12        ha1 main:DOWN=0 second:UP_1/2=4 third=0   ha2 main:DOWN=0 second:UP_1/2=4 third=0   R50 sticky  E60 third  held: failback-wait, not-steerable ha1, not-steerable ha2
t=13 ha1 second:DOWN ha2 second:DOWN
> t=13        ha1 main:DOWN=0 second:DOWN=4 third=0   ha2 main:DOWN=0 second:DOWN=4 third=0   R50 sticky  E60 third  close ha1/second  close ha2/second
> t=14..15    ha1 main:DOWN=0 second:DOWN=0 third=0   ha2 main:DOWN=0 second:DOWN=0 third=0   R60 idle  E60 third
t=16 ha1 third=4 ha2 third=4
> t=16        ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:DOWN=0 third=4   R90 failed-over  E60 third
t=17
> t=17        ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:DOWN=0 third=4   R90 failed-over  E60 third
