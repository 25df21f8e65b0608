package segments

default segment := "small"

segment := "public" if {
	input.customer.kind == "public"
} else := "strategic" if {
	tagged
} else := "key" if {
	input.account.revenue_12m != null
	input.account.revenue_12m >= 50000000
	input.account.on_time_rate_12m != null
	input.account.on_time_rate_12m >= 8000
} else := "export" if {
	input.customer.country != input.company.country
	not input.customer.country in {"BE", "LU"}
} else := "risky" if {
	risky
} else := "slow" if {
	input.account.oldest_overdue_days > 60
	input.account.overdue != null
	input.account.overdue >= 1000000
} else := "prompt" if {
	input.account.on_time_rate_12m != null
	input.account.on_time_rate_12m >= 9500
	input.account.average_days_late != null
	input.account.average_days_late <= 0
} else := "consumer" if {
	input.customer.kind == "consumer"
	owes
}

# Beside the chain: inside of it, the virtual machine of regorus 0.14 does not try what comes after a body with `[_]`.
tagged if input.customer.tags[_] in {"strategic", "vip"}

risky if input.account.broken_promises_12m >= 2

risky if {
	input.account.average_days_late != null
	input.account.average_days_late > 4550
}

owes if {
	input.account.overdue != null
	input.account.overdue > 25050
}

owes if input.account.oldest_overdue_days > 30
