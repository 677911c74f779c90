# three proxies, three producers: everybody goes to the first producer that all can reach
proxies ha1 ha2 ha3
servers main second:backup third:backup
pins
t=0 ha1 main=4 ha2 main=4 ha3 main=4
> t=0         ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   ha3 main=4 second=0 third=0   R70 converged  E70 main
> t=1..9      ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   ha3 main=4 second=0 third=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 second=4 ha2 second:DOWN
> t=10..29    ha1 main:DOWN=0 second=4 third=0   ha2 main=4 second:DOWN=0 third=0   ha3 main=4 second=0 third=0   R30 split-brain  E30 main  held: target-not-up ha1
> t=30        ha1 main:DOWN=0 second=4 third=0   ha2 main=4 second:DOWN=0 third=0   ha3 main=4 second=0 third=0   R30 split-brain  E30 third  held: unconfirmed ha1, unconfirmed ha2, unconfirmed ha3
> t=31        ha1 main:DOWN=0 second=4 third=0   ha2 main=4 second:DOWN=0 third=0   ha3 main=4 second=0 third=0   R30 split-brain  E60 third  held: failback-wait  pin ha1/third  pin ha2/third  pin ha3/third  close ha1/second  close ha2/main  close ha3/main
t=32 ha2 third=4 ha3 third=4 ha1 third=4
> t=32..33    ha1 main:DOWN=0 second=0 third=4 pin=third   ha2 main=0 second:DOWN=0 third=4 pin=third   ha3 main=0 second=0 third=4 pin=third   R80 holding (together)  E60 third  held: failback-wait
t=34
> t=34        ha1 main:DOWN=0 second=0 third=4 pin=third   ha2 main=0 second:DOWN=0 third=4 pin=third   ha3 main=0 second=0 third=4 pin=third   R80 holding (together)  E60 third  held: failback-wait
